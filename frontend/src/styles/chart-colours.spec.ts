import { readFileSync } from 'node:fs';
import { join } from 'node:path';

type Triple = readonly [number, number, number];

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');
const token = (name: string, theme: 'light' | 'dark'): string => {
  const found = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  if (!found) throw new Error(`No colour ${name}`);
  return found[theme === 'light' ? 1 : 2] ?? '';
};

const NAMES = [1, 2, 3, 4, 5, 6, 'others'].map((name) => `chart-${name}`);

/** Linear light of a colour, each part from 0 to 1. */
const linear = (hex: string): Triple => {
  const part = (at: number): number => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [part(1), part(3), part(5)];
};

const times = (rows: readonly Triple[], [x, y, z]: Triple): Triple => {
  const [a, b, c] = rows.map((row) => row[0] * x + row[1] * y + row[2] * z);
  return [a ?? 0, b ?? 0, c ?? 0];
};

/** What each kind of eye sees: Machado, Oliveira and Fernandes 2009, at full severity. */
const VISIONS: Readonly<Record<string, readonly Triple[]>> = {
  full: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const oklab = (colour: Triple): Triple => {
  const lms = times(
    [
      [0.4122214708, 0.5363325363, 0.0514459929],
      [0.2119034982, 0.6806995451, 0.1073969566],
      [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    colour,
  );
  const root = (value: number): number => Math.cbrt(Math.max(0, value));
  return times(
    [
      [0.2104542553, 0.793617785, -0.0040720468],
      [1.9779984951, -2.428592205, 0.4505937099],
      [0.0259040371, 0.7827717662, -0.808675766],
    ],
    [root(lms[0]), root(lms[1]), root(lms[2])],
  );
};

const distance = (a: Triple, b: Triple): number => {
  const [p, q] = [oklab(a), oklab(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
};

const luminance = ([r, g, b]: Triple): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;
const contrast = (a: Triple, b: Triple): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

/** In OKLab; two hues that neighbours in a legend are still told apart by at a glance. */
const TOLD_APART = 0.09;

describe.each(['light', 'dark'] as const)('chart colours in %s', (theme) => {
  const colours = NAMES.map((name) => linear(token(name, theme)));

  it.each(Object.keys(VISIONS))('should be told apart with %s vision', (vision) => {
    const seen = colours.map((colour) => times(VISIONS[vision] ?? [], colour));
    for (const [i, a] of seen.entries()) {
      for (const b of seen.slice(0, i)) expect(distance(a, b)).toBeGreaterThan(TOLD_APART);
    }
  });

  it.each(['paper', 'sheet'])('should stand out 3:1 from the %s', (ground) => {
    const behind = linear(token(ground, theme));
    for (const colour of colours) expect(contrast(colour, behind)).toBeGreaterThanOrEqual(3);
  });
});
