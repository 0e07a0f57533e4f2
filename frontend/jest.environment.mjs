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
  'structuredClone',
];

/** A channel that is left open must not keep the tests from ending. */
class QuietChannel extends globalThis.BroadcastChannel {
  constructor(name) {
    super(name);
    this.unref();
  }
}

/** jsdom has no streams and no fetch: it borrows those of Node. */
export default class BrowserEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    for (const name of LENT_BY_NODE) this.global[name] ??= globalThis[name];
    this.global.BroadcastChannel = QuietChannel;
    // A blob of jsdom cannot be read.
    this.global.Blob = globalThis.Blob;
    // Node's fetch refuses a signal made by jsdom.
    for (const name of ['AbortController', 'AbortSignal']) this.global[name] = globalThis[name];
  }
}
