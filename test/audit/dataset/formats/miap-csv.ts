export const MIAP_HEADER =
  'ImageID,LabelName,Confidence,XMin,XMax,YMin,YMax,IsOccluded,IsTruncated,IsGroupOf,IsDepictionOf,IsInsideOf,GenderPresentation,AgePresentation'

/** A made-up row of open_images_extended_miap_boxes_*.csv. `box`: XMin, XMax, YMin, YMax. */
export function miapRow(row: {
  readonly image: string
  readonly box: readonly [number, number, number, number]
  readonly gender?: string
  readonly age?: string
  readonly isGroupOf?: number
  readonly isDepictionOf?: number
  readonly label?: string
}): string {
  const { image, box, gender = 'Unknown', age = 'Unknown', isGroupOf = 0, isDepictionOf = 0, label = '/m/01g317' } = row
  return [image, label, 1, ...box, 0, 0, isGroupOf, isDepictionOf, 0, gender, age].join(',')
}
