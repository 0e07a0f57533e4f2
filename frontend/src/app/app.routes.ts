import type { Route, Routes, UrlSegment } from '@angular/router';
import {
  administratorGuard,
  mustChangePasswordGuard,
  setupGuard,
  signedInGuard,
  signedOutGuard,
} from './auth/auth-guards';

/** `/` and `/c/12` are one page, so that a first question does not tear the screen down. */
function chatPages(segments: UrlSegment[]): ReturnType<NonNullable<Route['matcher']>> {
  const [first, id] = segments;
  if (!first) return { consumed: [] };
  if (first.path === 'c' && id && segments.length === 2) {
    return { consumed: segments, posParams: { id } };
  }
  return null;
}

export const routes: Routes = [
  {
    path: 'sign-in',
    title: 'signIn.title',
    canActivate: [signedOutGuard],
    loadComponent: () => import('./auth/sign-in').then((file) => file.SignIn),
  },
  {
    path: 'setup',
    title: 'setup.title',
    canActivate: [setupGuard],
    loadComponent: () => import('./auth/setup').then((file) => file.Setup),
  },
  {
    path: 'new-password',
    title: 'newPassword.title',
    canActivate: [mustChangePasswordGuard],
    loadComponent: () => import('./auth/new-password').then((file) => file.NewPassword),
  },
  {
    path: 'unreachable',
    title: 'unreachable.title',
    loadComponent: () => import('./auth/unreachable').then((file) => file.Unreachable),
  },
  {
    path: '',
    canActivate: [signedInGuard],
    runGuardsAndResolvers: 'always',
    loadComponent: () => import('./shell').then((file) => file.Shell),
    children: [
      {
        matcher: chatPages,
        loadComponent: () => import('./chat/chat-page').then((file) => file.ChatPage),
      },
      {
        path: 'welcome',
        title: 'welcome.title',
        canActivate: [administratorGuard],
        loadComponent: () => import('./chat/welcome').then((file) => file.Welcome),
      },
      {
        path: 'trash',
        title: 'trash.title',
        loadComponent: () => import('./history/trash').then((file) => file.Trash),
      },
      {
        path: 'knowledge',
        loadChildren: () =>
          import('./knowledge/knowledge.routes').then((file) => file.knowledgeRoutes),
      },
      {
        path: 'usage/team',
        title: 'usage.everybodys',
        canActivate: [administratorGuard],
        loadComponent: () => import('./usage/team-usage').then((file) => file.TeamUsagePage),
      },
      {
        path: 'usage',
        title: 'usage.yours',
        loadComponent: () => import('./usage/own-usage').then((file) => file.OwnUsagePage),
      },
      {
        path: 'settings/commands',
        title: 'commands.title',
        loadComponent: () => import('./commands/commands-page').then((file) => file.CommandsPage),
      },
      {
        path: 'settings',
        title: 'settings.title',
        loadComponent: () => import('./settings/settings').then((file) => file.Settings),
      },
      {
        path: 'people',
        title: 'people.title',
        canActivate: [administratorGuard],
        loadComponent: () => import('./admin/people').then((file) => file.People),
      },
      {
        path: 'limits',
        title: 'limits.title',
        canActivate: [administratorGuard],
        loadComponent: () => import('./admin/limits').then((file) => file.Limits),
      },
      {
        path: 'guardrails',
        canActivate: [administratorGuard],
        loadChildren: () =>
          import('./guardrails/guardrails.routes').then((file) => file.guardrailsRoutes),
      },
      {
        path: 'models',
        title: 'modelFiles.title',
        canActivate: [administratorGuard],
        loadComponent: () => import('./admin/models').then((file) => file.Models),
      },
      { path: '**', redirectTo: '' },
    ],
  },
];
