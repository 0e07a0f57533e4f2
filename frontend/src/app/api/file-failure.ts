import { HttpErrorResponse } from '@angular/common/http';

/** A refusal of a file comes as a file too: here it is the text that says why. */
export async function readableFailure(thrown: unknown): Promise<unknown> {
  if (!(thrown instanceof HttpErrorResponse) || !(thrown.error instanceof Blob)) return thrown;
  const { headers, status, statusText } = thrown;
  const error = await thrown.error.text();
  return new HttpErrorResponse({ error, headers, status, statusText });
}
