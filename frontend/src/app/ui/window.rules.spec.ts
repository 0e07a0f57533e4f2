import { rowWindow } from './window.rules';

describe(rowWindow.name, () => {
  it('should draw what is seen and a few more', () => {
    expect(rowWindow(0, 720, 36, 5000)).toEqual({ first: 0, end: 32 });
    expect(rowWindow(36_000, 720, 36, 5000)).toEqual({ first: 988, end: 1032 });
  });

  it('should stay within the list', () => {
    expect(rowWindow(1e9, 720, 36, 40)).toEqual({ first: 40, end: 40 });
    expect(rowWindow(-50, 720, 36, 3)).toEqual({ first: 0, end: 3 });
    expect(rowWindow(0, 0, 36, 0)).toEqual({ first: 0, end: 0 });
  });
});
