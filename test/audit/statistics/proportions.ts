import fc from 'fast-check'

/** Any count of any total from 1 to `largest`, with zeros and full counts as often as the rest. */
export function proportions(largest: number): fc.Arbitrary<{ count: number; total: number }> {
  return fc
    .integer({ min: 1, max: largest })
    .chain((total) =>
      fc
        .oneof(
          fc.constant(0),
          fc.constant(total),
          fc.integer({ min: 0, max: total }),
          fc.integer({ min: 0, max: Math.min(5, total) }),
        )
        .map((count) => ({ count, total })),
    )
}
