import type { Post } from '../../api/contract';
import type { IconName } from '../../ui/icon-shapes';

type Route = NonNullable<Post['route']>;

const REASONS: ReadonlySet<string> = new Set([
  'asked',
  'attachment',
  'collection',
  'documentation',
  'time',
  'date',
  'price',
  'news',
  'model',
  'no-model',
  'off',
]);

/** Keys of where an answer looked and why; `why` is null where no reason is worth a word. */
export function routeKeys(
  route: Route,
  reason: string | null,
  live: boolean,
): { readonly what: string; readonly why: string | null } {
  return {
    what: live ? `sources.now-${route}` : `sources.route-${route}`,
    why: reason !== null && REASONS.has(reason) ? `sources.why-${reason}` : null,
  };
}

/** The picture of a way. */
export const ROUTE_ICONS: Readonly<Record<Route, IconName>> = {
  direct: 'message-square-text',
  knowledge: 'library',
  web: 'globe',
  both: 'globe',
};
