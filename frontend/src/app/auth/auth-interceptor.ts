import type { HttpHandlerFn, HttpInterceptorFn, HttpRequest } from '@angular/common/http';
import { HttpErrorResponse } from '@angular/common/http';
import { inject } from '@angular/core';
import { catchError, from, switchMap, throwError } from 'rxjs';
import { toApiFailure } from '../api/api-failure';
import { LanguageStore } from '../i18n/language-store';
import { SessionStore } from './session-store';

/** Routes that never carry a token: they are how one is got. */
const WITHOUT_TOKEN = ['/api/auth/login', '/api/auth/refresh', '/api/setup'];

/** What the server answers to everything while a password that was given must be replaced. */
const MUST_CHANGE_PASSWORD = 'AUTH.PASSWORD_CHANGE_REQUIRED';

/**
 * Gives every call the person's token and language. A 401 is answered by one refresh and one retry:
 * the token was simply old. The token goes to Prosa's own /api only.
 */
export const authInterceptor: HttpInterceptorFn = (request, next) => {
  const session = inject(SessionStore);
  const languages = inject(LanguageStore);
  if (!request.url.startsWith('/api/')) return next(request);
  const spoken = request.clone({ setHeaders: { 'Accept-Language': languages.language() } });
  if (WITHOUT_TOKEN.some((path) => request.url === path)) return next(spoken);
  return withToken(spoken, next, session).pipe(
    catchError((failure: unknown) => {
      if (!(failure instanceof HttpErrorResponse)) return throwError(() => failure);
      if (toApiFailure(failure).code === MUST_CHANGE_PASSWORD) session.mustChangePassword();
      if (failure.status !== 401) return throwError(() => failure);
      return from(session.refresh()).pipe(
        switchMap((fresh) =>
          fresh ? withToken(spoken, next, session) : throwError(() => failure),
        ),
      );
    }),
  );
};

function withToken(
  request: HttpRequest<unknown>,
  next: HttpHandlerFn,
  session: SessionStore,
): ReturnType<HttpHandlerFn> {
  const token = session.token();
  return next(
    token ? request.clone({ setHeaders: { Authorization: `Bearer ${token}` } }) : request,
  );
}
