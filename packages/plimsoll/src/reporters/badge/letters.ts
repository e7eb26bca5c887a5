/** Pixels that the letters of the badge take in its first font at 11 pixels; others take as much as most do. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[ijl|'!]/, 3.1],
  [/[ .,:;]/, 4],
  [/[/ftr()]/, 4.8],
  [/[0-9a-z]/, 6.9],
  [/[<>]/, 9],
  [/[@%]/, 11],
]

const USUAL = 7.5

/** Written into the picture, so that another font is fitted to the room there is. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + (WIDTHS.find(([own]) => own.test(letter))?.[1] ?? USUAL), 0)
