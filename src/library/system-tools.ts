import { arch, platform, release } from 'node:os'
import { performance } from 'node:perf_hooks'
import type { Stopwatch, Tools } from '../audit/tools.js'
import { version } from './version.js'

/** The clock, the version and the machine, as every run wants them. `commandLine` says how the run was started; it is recorded, outside the audit id. */
export function systemTools(commandLine: string): Pick<Tools, 'version' | 'now' | 'stopwatch' | 'describeRun'> {
  return {
    version: version(),
    now: Date.now,
    stopwatch,
    describeRun: (durations, cacheHits) => ({
      createdUtc: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      durations,
      cacheHits,
      commandLine,
      host: { node: process.version, os: `${platform()} ${release()} ${arch()}` },
    }),
  }
}

function stopwatch(): Stopwatch {
  const laps: (readonly [string, number])[] = []
  let last = performance.now()
  return {
    lap: (stage) => {
      const now = performance.now()
      laps.push([stage, Math.round(now - last) / 1000])
      last = now
    },
    laps: () => laps,
  }
}
