import { BreakpointObserver } from '@angular/cdk/layout';
import {
  Component,
  DestroyRef,
  type ElementRef,
  afterRenderEffect,
  inject,
  input,
  viewChild,
} from '@angular/core';
import { toSignal } from '@angular/core/rxjs-interop';
import { Chart } from 'chart.js';
import { chartOptions, chartSeries, type BarSeries, type Paint } from './bar-chart-options';
import { Theme } from './theme';

/**
 * Stacked bars on chart.js, one stack a label, in the colours of the theme. For screen readers it is
 * one picture with a description: show the numbers in a table beside it.
 */
@Component({
  selector: 'app-bar-chart',
  template: `
    <div class="canvas">
      <canvas #canvas role="img" [attr.aria-label]="description()"></canvas>
    </div>
    <ul class="legend" role="list" aria-hidden="true" [hidden]="series().length < 2">
      @for (one of series(); track one.name) {
        <li><i [style.background]="'var(' + one.colour + ')'"></i>{{ one.name }}</li>
      }
    </ul>
    <span #probe hidden></span>
  `,
  styles: `
    :host {
      display: block;
    }
    .canvas {
      position: relative;
      height: 16rem;
    }
    .legend {
      display: flex;
      flex-wrap: wrap;
      gap: var(--s1) var(--s4);
      margin-top: var(--s3);
      color: var(--ink-soft);
      font-size: var(--size-small);
    }
    .legend[hidden] {
      display: none;
    }
    .legend li {
      display: flex;
      align-items: center;
      gap: var(--s2);
      min-width: 0;
    }
    .legend i {
      flex: none;
      width: 0.75rem;
      height: 0.75rem;
      border-radius: 3px;
    }
    @media (max-width: 47.99rem) {
      .canvas {
        height: 13rem;
      }
    }
  `,
})
export class BarChart {
  readonly labels = input.required<readonly string[]>();
  /** Drawn from the bottom up. */
  readonly series = input.required<readonly BarSeries[]>();
  /** What a screen reader says in place of the picture. */
  readonly description = input.required<string>();
  /** An amount in words, where one points at a bar. */
  readonly amount = input.required<(value: number) => string>();
  /** An amount in few characters, for the axis. */
  readonly shortAmount = input.required<(value: number) => string>();
  /** What the sum of a bar is called. */
  readonly totalLabel = input.required<string>();
  private readonly theme = inject(Theme);
  private readonly media = toSignal(
    inject(BreakpointObserver).observe([
      '(prefers-color-scheme: dark)',
      '(prefers-reduced-motion: reduce)',
    ]),
  );
  private readonly canvas = viewChild.required<ElementRef<HTMLCanvasElement>>('canvas');
  private readonly probe = viewChild.required<ElementRef<HTMLElement>>('probe');
  private chart: Chart<'bar', number[], string> | null = null;

  constructor() {
    afterRenderEffect(() => this.draw());
    inject(DestroyRef).onDestroy(() => this.chart?.destroy());
  }

  private draw(): void {
    this.theme.name();
    const still = !!this.media()?.breakpoints['(prefers-reduced-motion: reduce)'];
    const paint = this.paint();
    const data = {
      labels: [...this.labels()],
      datasets: chartSeries(this.series(), paint, (colour) => this.colourOf(colour)),
    };
    const options = chartOptions(
      paint,
      { amount: this.amount(), shortAmount: this.shortAmount(), total: this.totalLabel() },
      still,
    );
    if (this.chart) {
      this.chart.data = data;
      this.chart.options = options;
      this.chart.update();
    } else {
      this.chart = new Chart(this.canvas().nativeElement, { type: 'bar', data, options });
    }
  }

  private paint(): Paint {
    const probe = getComputedStyle(this.probe().nativeElement);
    return {
      text: this.colourOf('--ink-soft'),
      line: this.colourOf('--line'),
      ground: this.colourOf('--sheet'),
      ink: this.colourOf('--ink'),
      font: probe.fontFamily,
      size: parseFloat(probe.getPropertyValue('--size-small')) * rootSize(),
    };
  }

  /** The canvas knows no custom property: the page says what it means in the theme of now. */
  private colourOf(token: string): string {
    const probe = this.probe().nativeElement;
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  }
}

const rootSize = (): number => parseFloat(getComputedStyle(document.documentElement).fontSize);
