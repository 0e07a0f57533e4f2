import {
  type HttpBackend,
  HttpErrorResponse,
  type HttpEvent,
  HttpEventType,
  HttpHeaders,
  type HttpRequest,
  HttpResponse,
} from '@angular/common/http';
import { Observable } from 'rxjs';

/**
 * Sends a form by XMLHttpRequest, which alone says how much of it has been sent. Angular's own would
 * come along with the first page, long before anybody uploads. Unsubscribing gives the request up.
 */
export class UploadBackend implements HttpBackend {
  handle(request: HttpRequest<unknown>): Observable<HttpEvent<unknown>> {
    return new Observable((out) => {
      const call = new XMLHttpRequest();
      call.open(request.method, request.urlWithParams);
      call.setRequestHeader('Accept', 'application/json');
      for (const name of request.headers.keys()) {
        call.setRequestHeader(name, request.headers.get(name) ?? '');
      }
      call.upload.addEventListener('progress', ({ loaded, total }) =>
        out.next({ type: HttpEventType.UploadProgress, loaded, total }),
      );
      call.addEventListener('load', () => {
        const { status, statusText } = call;
        const headers = headersOf(call);
        const body = readBody(call.responseText);
        if (status >= 200 && status < 300) {
          out.next(new HttpResponse({ body, headers, status, statusText }));
          out.complete();
        } else out.error(new HttpErrorResponse({ error: body, headers, status, statusText }));
      });
      // No network, or the connection was cut while sending: the server never said why.
      call.addEventListener('error', () => out.error(new HttpErrorResponse({ status: 0 })));
      call.send(request.body as FormData);
      return () => call.abort();
    });
  }
}

function headersOf(call: XMLHttpRequest): HttpHeaders {
  return new HttpHeaders(call.getAllResponseHeaders());
}

/** What is no JSON, such as a proxy's page of an error, stays the text it is. */
function readBody(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}
