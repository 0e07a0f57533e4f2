/** What the database's thread is asked. Answers come in the order of the questions. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** What a statement came to. */
export type StatementAnswer =
  | { readonly rows: readonly unknown[] }
  | { readonly affected: number; readonly lastId: number }
  | { readonly error: { readonly message: string; readonly code: string } };
