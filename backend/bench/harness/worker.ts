import { type ChildProcess, fork } from 'node:child_process';

/** What a process of the bench can be asked to do; each method takes one value and gives one. */
export type Methods = Readonly<Record<string, (input: never) => unknown>>;

interface Call {
  readonly id: number;
  readonly method: string;
  readonly input: unknown;
}

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** A process of the bench, by its methods. */
export interface Worker<M extends Methods> {
  readonly pid: number;
  call<K extends keyof M & string>(
    method: K,
    ...input: Parameters<M[K]>
  ): Promise<Awaited<ReturnType<M[K]>>>;
  end(): void;
}

/** Starts a file of this folder as a process of its own, so that it has a core for itself. */
export function startWorker<M extends Methods>(file: string): Worker<M> {
  // As JSON a figure that is NaN would come as null.
  const child: ChildProcess = fork(new URL(file, import.meta.url), {
    stdio: 'inherit',
    serialization: 'advanced',
  });
  const waiting = new Map<number, (reply: Reply) => void>();
  let calls = 0;
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  return {
    pid: child.pid ?? 0,
    call: (method, ...input) =>
      new Promise((resolve, reject) => {
        const call: Call = { id: (calls += 1), method, input: input[0] };
        waiting.set(call.id, ({ error, result }) => {
          if (error === undefined) resolve(result as never);
          else reject(new Error(`${file} ${method}: ${error}`));
        });
        child.send(call);
      }),
    end: () => void child.kill(),
  };
}

/** Makes this process answer calls of {@link startWorker}. It ends with its parent. */
export function serveCalls(methods: Methods): void {
  process.on('message', ({ id, method, input }: Call) => {
    void Promise.resolve()
      .then(() => methods[method]?.(input as never))
      .then(
        (result) => process.send?.({ id, result }),
        (error: unknown) => process.send?.({ id, error: String(error) }),
      );
  });
  process.on('disconnect', () => process.exit(0));
}
