/** Rows of the list whose tests stand in another room because they belong to it: row, file below `test/`, words of the test's name. */
export const ELSEWHERE: readonly (readonly [row: number, file: string, words: string])[] = [
  [21, 'audit/dataset/locate-images.test.ts', 'quarantines paths that leave the root'],
  [22, 'audit/dataset/locate-images.test.ts', 'counts images that are not listed'],
  [23, 'audit/model/read-image-bytes.test.ts', 'is given up after three times'],
  [24, 'audit/model/read-image-bytes.test.ts', 'an image file that is changed while it is read'],
  [25, 'audit/dataset/locate-images.test.ts', 'refuses a folder that has a name in both Unicode forms'],
  [26, 'audit/dataset/locate-images.test.ts', 'finds names with trailing dots, long names, reserved names and escapes'],
]
