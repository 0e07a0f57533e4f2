import { describe, expect, it } from '@jest/globals';
import { ANYBODY, inForce } from '../../test/harness/plain-rails.js';
import { Guardrails } from './guardrails.js';
import { wellFormedPart } from './well-formed.rules.js';

describe(wellFormedPart.name, () => {
  it('should let whole text go at once', () => {
    expect(wellFormedPart('olá 🙂')).toEqual({ ready: 'olá 🙂', rest: '' });
    expect(wellFormedPart('')).toEqual({ ready: '', rest: '' });
  });

  it('should hold back half a character at the end', () => {
    expect(wellFormedPart('olá \ud83d')).toEqual({ ready: 'olá ', rest: '\ud83d' });
  });

  it('should replace a half that has lost its other half, and drop NUL', () => {
    expect(wellFormedPart('a\ude42b\ud83dc').ready).toBe('a\ufffdb\ufffdc');
    expect(wellFormedPart('a\0b\0').ready).toBe('ab');
  });
});

describe('the output rails', () => {
  it('should give the same text however it is cut into pieces', () => {
    const text = 'olá 🙂 coração 👩‍👧 fim 🙂';
    for (let size = 1; size <= 5; size += 1) {
      const rails = new Guardrails(inForce()).output(ANYBODY);
      let shown = '';
      for (let at = 0; at < text.length; at += size) {
        const part = rails.push(text.slice(at, at + size));
        expect(part.isWellFormed()).toBe(true);
        shown += part;
      }
      expect(shown + rails.end()).toBe(text);
    }
  });

  it('should end well when the text ends in half a character', () => {
    const rails = new Guardrails(inForce()).output(ANYBODY);
    expect(rails.push('fim \ud83d') + rails.end()).toBe('fim \ufffd');
    expect(rails.end()).toBe('');
  });
});
