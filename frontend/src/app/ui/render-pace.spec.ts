import { TestBed } from '@angular/core/testing';
import { RenderPace } from './render-pace';

describe(RenderPace.name, () => {
  it('should make texts first, then rows, and what nobody waits for last, one a frame', async () => {
    const pace = TestBed.inject(RenderPace);
    const made: string[] = [];
    await new Promise<void>((done) => {
      pace.addLast(() => {
        made.push('acts');
        done();
      });
      pace.addRow(() => made.push('row'));
      let left = 3;
      pace.add(() => {
        if (left === 0) return 0;
        left -= 1;
        made.push('text');
        return 1_000_000;
      });
    });
    expect(made).toEqual(['text', 'text', 'text', 'row', 'acts']);
  });

  it('should not make what is gone', async () => {
    const pace = TestBed.inject(RenderPace);
    let made = false;
    const gone = (): void => {
      made = true;
    };
    pace.addRow(gone);
    pace.drop(gone);
    await new Promise<void>((done) => pace.addLast(done));
    expect(made).toBe(false);
  });

  it('should leave the frames of a scroll to the scroll, for as long as it goes on', async () => {
    const pace = TestBed.inject(RenderPace);
    let scrolling = true;
    const scroll = setInterval(() => pace.heedMove(), 5);
    pace.heedMove();
    const made = new Promise<boolean>((done) => pace.addLast(() => done(scrolling)));
    await new Promise<void>((done) => pace.addRow(done));
    clearInterval(scroll);
    scrolling = false;
    expect(await made).toBe(false);
  });

  it('should leave a frame to the rows that came in it, but not every one', async () => {
    const pace = TestBed.inject(RenderPace);
    const nextFrame = (): Promise<unknown> => new Promise(requestAnimationFrame);
    let made = 0;
    pace.add(() => {
      made += 1;
      return 1_000_000;
    });
    const counts: number[] = [];
    for (let frame = 0; frame < 6; frame++) {
      pace.heedRows();
      await nextFrame();
      // After the frame, when what was made has been painted.
      await new Promise((done) => setTimeout(done));
      counts.push(made);
    }
    expect(counts[0]).toBe(0);
    expect(made).toBeGreaterThanOrEqual(2);
    expect(made).toBeLessThanOrEqual(4);
  });
});
