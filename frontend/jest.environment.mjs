import { TestEnvironment } from 'jest-environment-jsdom';

const LENT_BY_NODE = [
  'fetch',
  'Headers',
  'Request',
  'Response',
  'ReadableStream',
  'WritableStream',
  'TransformStream',
  'TextEncoder',
  'TextDecoder',
  'TextEncoderStream',
  'TextDecoderStream',
  'BroadcastChannel',
  'structuredClone',
];

/** jsdom has no streams and no fetch: it borrows those of Node. */
export default class BrowserEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of LENT_BY_NODE) this.global[name] ??= globalThis[name];
    // Node's fetch refuses a signal made by jsdom.
    for (const name of ['AbortController', 'AbortSignal']) this.global[name] = globalThis[name];
  }
}
