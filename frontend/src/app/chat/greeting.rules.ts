export type PartOfDay = 'morning' | 'afternoon' | 'evening';

/** Good morning until noon, good afternoon until six, as in Portuguese and English alike. */
export function partOfDay(hour: number): PartOfDay {
  if (hour >= 5 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}
