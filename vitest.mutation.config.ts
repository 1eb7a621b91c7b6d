import { defineConfig } from 'vitest/config'

/** For `npm run mutation`: only the tests that hold the statistics and the findings, which take seconds. */
export default defineConfig({
  test: {
    include: [
      'test/audit/statistics/**/*.test.ts',
      'test/audit/findings/**/*.test.ts',
      'test/audit/regressions/**/*.test.ts',
    ],
    testTimeout: 20_000,
    pool: 'forks',
    maxWorkers: 1,
  },
})
