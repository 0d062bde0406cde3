import type { Scenario } from '@skerry/contract'
import type { Translate } from '../i18n/words.ts'

/** Name of a scenario; the one that the search was opened with has none of its own. */
export const scenarioName = ({ story }: Pick<Scenario, 'story'>, t: Translate): string =>
  story.name === '-' ? t('search.scenario.opened') : story.name
