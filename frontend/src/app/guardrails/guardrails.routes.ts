import type { Routes } from '@angular/router';

/** The pages of the rails, for administrators. */
export const guardrailsRoutes: Routes = [
  {
    path: '',
    title: 'guardrails.title',
    loadComponent: () => import('./policies-page').then((file) => file.PoliciesPage),
  },
  {
    path: 'bench',
    title: 'guardrails.bench',
    loadComponent: () => import('./bench-page').then((file) => file.BenchPage),
  },
  {
    path: 'events',
    title: 'guardrails.events',
    loadComponent: () => import('./events-page').then((file) => file.EventsPage),
  },
  {
    path: 'replays',
    title: 'guardrails.replays',
    loadComponent: () => import('./replays-page').then((file) => file.ReplaysPage),
  },
  {
    path: 'policies/:id',
    title: 'guardrails.policy',
    loadComponent: () => import('./policy-page').then((file) => file.PolicyPage),
  },
];
