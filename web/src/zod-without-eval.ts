import { config } from 'zod'

/*
 * Zod tries whether it may compile its schemas; the server's content security policy forbids that, and the browser
 * would log each try as a violation. Must be imported before anything that makes schemas.
 */
config({ jitless: true })
