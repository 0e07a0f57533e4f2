import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless';
import '@testing-library/jest-dom';

setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });
