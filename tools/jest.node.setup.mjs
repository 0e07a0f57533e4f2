// Load Nest's ES modules fully before any CommonJS package require()s them: jest refuses to
// require() an ES module that is still being linked.
import 'reflect-metadata';
await import('@nestjs/common');
await import('@nestjs/core');
