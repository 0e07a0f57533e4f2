import { HttpErrorResponse, HttpHeaders } from '@angular/common/http';
import { toApiFailure } from './api-failure';

const failureOf = (status: number, error: unknown) =>
  toApiFailure(new HttpErrorResponse({ status, error }));
const envelope = (code: string) => ({ error: { code, message: 'Words of the server.' } });

describe(toApiFailure.name, () => {
  it('should know what nobody heard', () => {
    expect(failureOf(0, null).unheard).toBe(true);
    expect(failureOf(502, '<html>Bad Gateway</html>').unheard).toBe(true);
    expect(failureOf(502, envelope('SERVER.UNREACHABLE')).unheard).toBe(true);
  });

  it('should know what the server itself said', () => {
    expect(failureOf(502, envelope('MODEL.UNREACHABLE')).unheard).toBe(false);
    expect(failureOf(503, envelope('SERVER.STOPPING')).unheard).toBe(false);
    expect(failureOf(404, '<html>Not Found</html>').unheard).toBe(false);
  });

  it('should know the id of the request, and when it is asked for', () => {
    const headers = new HttpHeaders({ 'X-Request-Id': 'r-1' });
    const error = envelope('SERVER.ERROR');
    const failure = toApiFailure(new HttpErrorResponse({ status: 500, error, headers }));
    expect(failure).toMatchObject({ requestId: 'r-1', asksForId: true });
    expect(failureOf(404, envelope('POST.NOT_FOUND')).asksForId).toBe(false);
  });

  it('should read the envelope of a stream that was asked for as text', () => {
    const { code, message } = failureOf(413, JSON.stringify(envelope('REQUEST.TOO_LARGE')));
    expect({ code, message }).toEqual({
      code: 'REQUEST.TOO_LARGE',
      message: 'Words of the server.',
    });
  });
});
