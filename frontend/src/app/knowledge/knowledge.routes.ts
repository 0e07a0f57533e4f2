import type { Routes } from '@angular/router';

/** The pages of collections and documents. */
export const knowledgeRoutes: Routes = [
  {
    path: '',
    title: 'knowledge.title',
    loadComponent: () => import('./collections-page').then((file) => file.CollectionsPage),
  },
  {
    path: 'trash',
    title: 'trash.title',
    loadComponent: () => import('./knowledge-trash').then((file) => file.KnowledgeTrash),
  },
  {
    path: 'documents/:id',
    title: 'knowledge.title',
    loadComponent: () => import('./document-page').then((file) => file.DocumentPage),
  },
  {
    path: ':id/trash',
    title: 'trash.title',
    loadComponent: () => import('./knowledge-trash').then((file) => file.KnowledgeTrash),
  },
  {
    path: ':id',
    title: 'knowledge.title',
    loadComponent: () => import('./collection-page').then((file) => file.CollectionPage),
  },
];
