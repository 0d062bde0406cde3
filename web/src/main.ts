import './zod-without-eval.ts'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import AppRoot from './app-root.vue'
import { provideFeed } from './feed/provide-feed.ts'
import { createWords } from './i18n/i18n.ts'
import { LOCALE } from './i18n/lang.ts'
import { makeRouter } from './router.ts'
import { keepEarlyAddress } from './shell/early-address.ts'
import { guardRoutes } from './shell/guard-routes.ts'
import { useFeed } from './stores/feed.ts'
import { useSession } from './stores/session.ts'
import { useSettings } from './stores/settings.ts'
import './theme/base.css'
import { applyTheme } from './theme/theme.ts'

const app = createApp(AppRoot)
app.use(createPinia())
const settings = useSettings()
const session = useSession()
const words = createWords(settings.lang)
const router = makeRouter()
app.use(words)
const { feed } = provideFeed(app)

watch(
  () => settings.theme,
  (theme) => applyTheme(theme, document.documentElement),
  { immediate: true },
)
watch(
  () => settings.lang,
  (lang) => {
    words.global.locale.value = lang
    document.documentElement.lang = LOCALE[lang]
  },
  { immediate: true },
)
watch(
  () => session.state,
  (state) => {
    if (state === 'in') feed.start()
    if (state === 'out') feed.stop()
  },
)
guardRoutes(router, session)
void keepEarlyAddress(router, window)
const feedStore = useFeed()
setInterval(() => feedStore.tick(), 250)
app.use(router)
app.mount('#app')
