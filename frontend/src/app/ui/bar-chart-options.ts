import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  LinearScale,
  Tooltip,
  type ChartDataset,
  type ChartOptions,
  type TooltipItem,
} from 'chart.js';

// What a stacked bar chart needs: the rest of chart.js stays out of the bundle.
Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);

/** One colour of the bars: an amount for each label. */
export interface BarSeries {
  readonly name: string;
  readonly values: readonly number[];
  /** Custom property of its colour, such as `--chart-1`. */
  readonly colour: string;
}

/** The theme as a canvas takes it. */
export interface Paint {
  readonly text: string;
  readonly line: string;
  readonly ground: string;
  readonly ink: string;
  readonly font: string;
  /** In pixels. */
  readonly size: number;
}

type Font = Pick<Paint, 'size'> & { readonly family: string };

/** The words of a chart. */
export interface Wording {
  readonly amount: (value: number) => string;
  readonly shortAmount: (value: number) => string;
  readonly total: string;
}

/** No motion is longer (tokens.css: --slow). */
const MOTION_MS = 160;

/** So many bars are wide enough for a line between what is stacked. */
const MOST_LINED = 62;

/** The series as chart.js takes them: a hair of the ground keeps neighbours apart. */
export const chartSeries = (
  series: readonly BarSeries[],
  paint: Paint,
  colourOf: (token: string) => string,
): ChartDataset<'bar', number[]>[] =>
  series.map(({ name, values, colour }) => ({
    label: name,
    data: [...values],
    backgroundColor: colourOf(colour),
    borderColor: paint.ground,
    borderWidth: { top: values.length > MOST_LINED ? 0 : 1 },
    maxBarThickness: 40,
    categoryPercentage: 0.86,
    barPercentage: 0.92,
  }));

/** Stacked, thin lines, no frame; pointing anywhere over a bar tells all of it. */
export function chartOptions(paint: Paint, wording: Wording, still: boolean): ChartOptions<'bar'> {
  const font = { family: paint.font, size: paint.size };
  const ticks = { color: paint.text, font };
  return {
    animation: still ? false : { duration: MOTION_MS },
    maintainAspectRatio: false,
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: {
        stacked: true,
        grid: { display: false },
        border: { color: paint.line },
        ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 12 },
      },
      y: {
        stacked: true,
        beginAtZero: true,
        grid: { color: paint.line },
        border: { display: false },
        ticks: {
          ...ticks,
          maxTicksLimit: 6,
          callback: (value) => wording.shortAmount(Number(value)),
        },
      },
    },
    plugins: { tooltip: tooltip(paint, wording, font) },
  };
}

const heightOf = ({ raw }: TooltipItem<'bar'>): number => Number(raw);

function tooltip(
  paint: Paint,
  wording: Wording,
  font: Font,
): NonNullable<ChartOptions<'bar'>['plugins']>['tooltip'] {
  return {
    backgroundColor: paint.ground,
    borderColor: paint.line,
    borderWidth: 1,
    titleColor: paint.ink,
    bodyColor: paint.ink,
    footerColor: paint.ink,
    titleFont: font,
    bodyFont: font,
    footerFont: font,
    padding: 12,
    boxPadding: 6,
    // The order of the bars, from the top down.
    itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
    filter: (item) => heightOf(item) > 0,
    callbacks: {
      label: (item) => `${item.dataset.label ?? ''}: ${wording.amount(heightOf(item))}`,
      footer: (items) =>
        items.length < 2
          ? ''
          : `${wording.total}: ${wording.amount(items.reduce((sum, item) => sum + heightOf(item), 0))}`,
    },
  };
}
