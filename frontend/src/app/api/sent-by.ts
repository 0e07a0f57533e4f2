import { HttpContextToken, type HttpBackend, type HttpInterceptorFn } from '@angular/common/http';

/** Who sends a request instead of fetch, which cannot say how much of a file has been sent. */
export const SENT_BY = new HttpContextToken<HttpBackend | null>(() => null);

/** Comes after all others, so that what they add is sent as well. */
export const sentByInterceptor: HttpInterceptorFn = (request, next) =>
  request.context.get(SENT_BY)?.handle(request) ?? next(request);
