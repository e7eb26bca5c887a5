/** ⦵, drawn, because few fonts have it. */
export const Sign = () => (
  <svg class="sign" viewBox="0 0 32 32" aria-hidden="true">
    <circle cx="16" cy="16" r="10" />
    <path d="M1 16h30" />
  </svg>
)
