import { defineConfig } from 'vitest/config'

/** The loops of test/torture as often as docs/reliability.md says. They count processes, descriptors and time: one file after the other. */
export default defineConfig({
  test: {
    include: ['test/torture/**/*.test.ts'],
    testTimeout: 7_200_000,
    hookTimeout: 600_000,
    pool: 'forks',
    fileParallelism: false,
    reporters: ['default', './test/support/skip-list.ts'],
  },
})
