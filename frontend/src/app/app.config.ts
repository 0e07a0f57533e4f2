import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { APP_BASE_HREF } from '@angular/common';
import {
  inject,
  isDevMode,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
  type ApplicationConfig,
} from '@angular/core';
import {
  provideRouter,
  TitleStrategy,
  withComponentInputBinding,
  withNavigationErrorHandler,
} from '@angular/router';
import { provideTransloco } from '@jsverse/transloco';
import { provideApiConfiguration } from './api/generated/api-configuration';
import { sentByInterceptor } from './api/sent-by';
import { routes } from './app.routes';
import { authInterceptor } from './auth/auth-interceptor';
import { LanguageFiles } from './i18n/language-files';
import { LanguageStore } from './i18n/language-store';
import { LANGUAGES } from './i18n/language.rules';
import { PageLoading } from './page-loading';
import { PageTitle } from './page-title';

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    // The content security policy forbids <base>.
    { provide: APP_BASE_HREF, useValue: '/' },
    provideRouter(
      routes,
      withComponentInputBinding(),
      withNavigationErrorHandler((failure) => void inject(PageLoading).heedFailure(failure)),
    ),
    provideHttpClient(withInterceptors([authInterceptor, sentByInterceptor])),
    // The same origin, whatever the document's `servers` says: "/" would make it `//api`, another host.
    provideApiConfiguration(''),
    provideTransloco({
      config: {
        availableLangs: [...LANGUAGES],
        defaultLang: 'pt-BR',
        reRenderOnLangChange: true,
        prodMode: !isDevMode(),
      },
      loader: LanguageFiles,
    }),
    { provide: TitleStrategy, useExisting: PageTitle },
    provideAppInitializer(() => inject(LanguageStore).start()),
  ],
};
