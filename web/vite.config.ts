import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

/** Server that the development proxy talks to; the built console is served by the server itself. */
const SERVER = process.env['SKERRY_SERVER'] ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue()],
  base: './',
  assetsInclude: ['**/*.pmtiles'],
  worker: { format: 'es' },
  build: { target: 'es2023', outDir: 'dist', chunkSizeWarningLimit: 2500, assetsInlineLimit: 0 },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/api': SERVER,
      '/socket.io': { target: SERVER, ws: true },
    },
  },
})
