import { EventPipe } from './event-pipe.js';

describe(EventPipe.name, () => {
  async function all(pipe: EventPipe<number>): Promise<number[]> {
    const read: number[] = [];
    for await (const event of pipe.read()) read.push(event);
    return read;
  }

  it('should hand over what was pushed before and after the reader came', async () => {
    const pipe = new EventPipe<number>();
    pipe.push(1);
    const read = all(pipe);
    await Promise.resolve();
    pipe.push(2);
    await Promise.resolve();
    pipe.push(3);
    pipe.end();
    pipe.push(4);
    expect(await read).toEqual([1, 2, 3]);
  });

  it('should throw after what came before', async () => {
    const pipe = new EventPipe<number>();
    pipe.push(1);
    pipe.fail(new Error('lost'));
    const reader = pipe.read();
    expect(await reader.next()).toEqual({ done: false, value: 1 });
    await expect(reader.next()).rejects.toThrow('lost');
  });

  it('should not turn an end into a failure', async () => {
    const pipe = new EventPipe<number>();
    pipe.end();
    pipe.fail(new Error('late'));
    expect(await all(pipe)).toEqual([]);
  });
});
