import { testEnvironment } from '../e2e/run-cli.js'

/** The environment in which the whole command line lives under a clock that has shown this day since it started. */
export function underClock(day: string): NodeJS.ProcessEnv {
  const clock = `const [now, Real] = [Date.parse('${day}'), Date]
globalThis.Date = class extends Real {
  constructor(...given) { super(...(given.length === 0 ? [now] : given)) }
  static now() { return now }
}`
  return { ...testEnvironment(), NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(clock)}` }
}
