export class CreateBookingDto {
  /** first day, such as 2026-05-01 */
  from: string

  /** last day, the same as the first for a single day */
  to: string
}
