import { createRouter, createWebHashHistory, type Router } from 'vue-router'

/** Hash routes: the console is static files, and its addresses survive any server in front of it. */
export function makeRouter(): Router {
  return createRouter({
    history: createWebHashHistory(),
    routes: [
      { path: '/', redirect: { name: 'dispatch' } },
      {
        path: '/dispatch/:incidentId?',
        name: 'dispatch',
        component: () => import('./workplaces/dispatch/dispatch-workplace.vue'),
      },
      {
        path: '/search/:incidentId?',
        name: 'search',
        component: () => import('./workplaces/search/search-workplace.vue'),
      },
      { path: '/fly', name: 'fly', component: () => import('./workplaces/fly/fly-workplace.vue') },
      {
        path: '/wall',
        name: 'wall',
        component: () => import('./workplaces/wall/wall-workplace.vue'),
        meta: { bare: true },
      },
      {
        path: '/review/:incidentId?',
        name: 'review',
        component: () => import('./workplaces/review/review-workplace.vue'),
      },
      {
        path: '/room',
        name: 'room',
        component: () => import('./workplaces/room/room-workplace.vue'),
        meta: { bare: true },
      },
      {
        path: '/checkpoints/:view(gates|sailings|islands|holidays)?/:id?',
        name: 'checkpoints',
        component: () => import('./workplaces/checkpoints/checkpoints-workplace.vue'),
      },
      { path: '/zones', name: 'zones', component: () => import('./workplaces/zones/zones-workplace.vue') },
      {
        path: '/consignments/:id?',
        name: 'consignments',
        component: () => import('./workplaces/consignments/consignments-workplace.vue'),
      },
      { path: '/settings', name: 'settings', component: () => import('./workplaces/settings/settings-workplace.vue') },
      {
        path: '/sign-in',
        name: 'sign-in',
        component: () => import('./workplaces/sign-in/sign-in-page.vue'),
        meta: { open: true },
      },
      {
        path: '/enrol',
        name: 'enrol',
        component: () => import('./workplaces/sign-in/enrol-page.vue'),
        meta: { open: true },
      },
      {
        path: '/guest',
        name: 'guest',
        component: () => import('./workplaces/sign-in/guest-page.vue'),
        meta: { open: true },
      },
      {
        path: '/kiosk',
        name: 'kiosk',
        component: () => import('./workplaces/sign-in/kiosk-page.vue'),
        meta: { open: true },
      },
      { path: '/:rest(.*)*', redirect: { name: 'dispatch' } },
    ],
  })
}
