import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import type { EnvironmentProviders, Provider } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { provideTransloco } from '@jsverse/transloco';
import { authInterceptor } from '../app/auth/auth-interceptor';
import { LanguageFiles } from '../app/i18n/language-files';
import { LanguageStore } from '../app/i18n/language-store';
import { LANGUAGES } from '../app/i18n/language.rules';

/** The app's own wiring; only the network is the test's. */
const APP_PROVIDERS: (Provider | EnvironmentProviders)[] = [
  provideRouter([{ path: '**', children: [] }]),
  provideHttpClient(withInterceptors([authInterceptor])),
  provideHttpClientTesting(),
  provideTransloco({
    config: { availableLangs: [...LANGUAGES], defaultLang: 'pt-BR', prodMode: true },
    loader: LanguageFiles,
  }),
];

/** Prepares a test with the app's wiring and its Portuguese texts; returns the network. */
export async function givenTheApp(): Promise<HttpTestingController> {
  localStorage.clear();
  TestBed.configureTestingModule({ providers: APP_PROVIDERS });
  await TestBed.inject(LanguageStore).use('pt-BR');
  return TestBed.inject(HttpTestingController);
}

/** Lets promises that are already settled run their course. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await Promise.resolve();
  TestBed.tick();
}
