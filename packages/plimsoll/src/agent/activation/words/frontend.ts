import { lean, type Phrases } from './lean.ts'

const PARTS = `login page, login form, sign in page, signin form, signup form, sign up form, sign up page, signup page, register page, registration form, checkout page,
  payment form, settings page, profile page, account page, search bar, search box, search field, search input, admin page, product page, product card, detail page, home page,
  user menu, date picker, color picker, colour picker, file picker, emoji picker, drag and drop, dragged, drag, drop zone, dropzone, dark mode, light mode, dark theme, light theme,
  theme toggle, theme switch, loading spinner, loading state, loading indicator, empty state, error state, error boundary, toast message, error message on the form, message below the field,
  screen reader, keyboard navigation, keyboard shortcut, shortcut, arrow keys, enter key, escape key, press escape, hit enter, tab order, focus trap, trap the focus, trap focus, focus ring,
  focus, autofocus, media query, api client hook, react hook, custom hook, react context, redux store, redux, reducer, reducers, redux action, action creator, mapstatetoprops, state management,
  infinite scroll, landing page, hero section, hero, navigation bar, nav bar, navbar, sidenav, side nav, side bar, sidebar, drop down, dropdown, combobox, select box, multi select, listbox,
  form validation, form field, form state, input field, text field, text input, text area, textarea, number input, below the input, under the input, below the inputs, client side, order page,
  server component, client component, react server component, table header, column header, column headers, data table, table row, sort by clicking, column sorting, sortable column,
  sort in the url, sticky header, zebra, service worker, web worker, pwa, offline mode, install prompt, not found page, error page, load more button, customer service bubble, status badge,
  deploy badge, build badge, container component, presentational component, class component, functional component, function component, higher order component, render prop`

const LOOKS = `component, components, css, scss, sass, less file, tailwind, stylesheet, styled, styling, scoped style, restyle, style, button, buttons, modal, dialog, tooltip, popover, pop over, menu, icon, icons,
  animation, animate, transition, keyframes, layout, responsive, accessibility, accessible, a11y, aria, aria label, alt text, wcag, react, vue, angular, svelte, next.js page, jsx, tsx, zustand, mobx, pinia, ngrx, rxjs, mui, chakra,
  radix, shadcn, material ui, ui, ux, frontend, front end, storybook, carousel, checkbox, radio button, toggle switch, placeholder, hover, hovering, canvas, font, typography, theme, color, colour, coloured, grey, gray,
  spacing, padding, margin, gap between, flexbox, flex, css grid, grid, breakpoint, viewport, spinner, skeleton, skeletons, toast, snackbar, avatar, accordion, html template, thymeleaf, jinja template,
  toolbar, cursor, svg icon, svg, i18n, l10n, translation, translations, locale, favicon, wireframe, figma, mockup, drawer, panel, bubble, corner, small phone, phone, iphone, ipad, android, safari, firefox, wide screen,
  small screen, overflow, overflows, cut off, clipped, off the screen, runs off, while typing, typing, keystroke, key press, submit button, align, aligned, misaligned, ellipsis, truncated, sticky, pixel,
  popup, chip, slider, stepper, wizard, breadcrumb, hamburger, swipe, pinch, tap, tapping, tap target, contrast, high contrast, color blind, rtl, right to left, two column, two columns, footer, owner form, list view,
  full screen, fullscreen, full width, print view, print stylesheet, zoom level, zooming, scroll position, scroll, scroll bar, scrollbar, tablet, desktop view, landscape, portrait, notch, gutter, banner, border, rounded, opacity,
  z index, on blur, unmount, mount the component, useeffect, usestate, usememo hook, usecallback, useref, usereducer, hooks, hook, context provider, render twice, strict mode, hydration, hydration mismatch, local storage ui, autocomplete,
  props, prop, prop drilling, selector, highlight, highlighted, greyed out, grayed out, disabled button, disable the button, retry button, crossed through, strike through, strikethrough, bold, italic, heading, headings, caret, blink, flicker, flashing,
  page title, document title, browser tab, back button, browser history, deep link, client router, react router, route guard, scroll to top, gallery, lightbox, thumbnail, thumbnails, legend, axis, chart, charts, confetti, progress bar, progress card, rating stars, stars`

const SHOWN = ` screen, form, view, widget, visible, invisible, hide, hides, browser, dom, click, clicking, clicked, label, labels, card, cards, mobile, store slice,
  slice, badge, keyboard, picker, html, dashboard page, client state, zoom, undo button, undo, redo, unreadable, readable, look like, look nicer, collapse, expand, collapsed, expanded, reopen, user sees, users see, message in plain words,
  blank, optimistic update, markdown, preview, code block, switch tabs, tab, tabs, column width, row height, hello world, desktop, touch screen, eraser, toggle, editor, mirrored, ask for confirmation, unsaved, unsaved changes, land on, landing, calendar, dimmed, brand, navy, grouped by, checkboxes, bulk select, eyedropper, retina, drawing, sketch`

/** What a visitor sees, does and stumbles over. */
const DETAILS = `switcher, language switcher, active link, mark the page, bootstrap, minimap, ruler, welcome screen, eye icon, tile, tiles, nicer, prettier, characters left, character counter, skip link, useselector, usedispatch, connect(), behaviorsubject, directive, ngif, ngfor, standalone component,
  v model, composition api, vanish, vanishes, jumpy, ghost, resize handle, pointer, mouse, mouse wheel, gesture, copy to clipboard, clipboard, paste, line height, letter spacing, truncation, sort arrow, sparkline, donut chart, bar chart, line chart, pie chart, empty list, lottie, masonry, kanban,
  calendar view, autosuggest, typeahead, input mask, date format, number format, plural form, form reset, multi step form, multi step, show the password, password visibility, strength meter, tap area, admin ui, in the ui, the ui, web app, single page app routing, client routing, scroll to, sticky note, group shapes,
  arrow, arrows, rotate handle, snap, snapping, lasso, selection box, select all, select tool, tool bar, ctrl+z, ctrl+b, ctrl, cmd, on the left, on the right, to the right, to the left, lower right, upper right, lower left, upper left, bottom right, top right, center of the page, own row, indentation, indent, too wide, too narrow, cropped,
  logo, striped, stripe, stripes, in sight, confetti, photo wall, caption, captions, crash page, image in the header, splash, onboarding tour, tour, cookie banner, consent banner, newsletter box, related products, recently viewed, last viewed, wish list, review stars, quantity field, cart icon, mini cart, filters panel, facet, facets, view switch, list of results, no results`

export const FRONTEND: Phrases = [
  ...lean({ frontend: 3.5 }, DETAILS),
  ...lean({ frontend: 5 }, PARTS),
  ...lean({ frontend: 4 }, LOOKS),
  ...lean({ frontend: 2.5 }, SHOWN),
  ...lean(
    { frontend: 1.5 },
    ' sort, sorting, sorted, image, submit, select, choice, remember, reload, width, wide, tall, move it, switch, primary, below, above, beside, next to, middle, left, right, line, next line, jump, jumps, arabic, german, french, hebrew, overview, bottom, top, first page, product image, product images, behind the name',
  ),
  ...lean(
    { frontend: 3 },
    `looks like, looks off, looks odd, looks wrong, looks broken, looks ugly, looks bad, looks messy, looks weird, looks strange, look better, looks terrible, ugly, messy, stretched, squashed, blurry, wrap, wraps, overlap,
     picture, pictures, page, wording, typo, misspelt, spelled, plural, singular, in plain words, unstyled, readability, colours, side by side, full height, out of the box on the screen, breaks out, sticks out, hard to read, hard to see, color blind, colour blind, colorblind, touch screens, touchpad, trackpad, right click, double click, left click, context menu, f5, refresh the page, after a refresh, after a reload, until i reload, narrow window, sideways, scrolled, one on mobile, on desktop, three columns`,
  ),
  ...lean(
    { frontend: 2.5 },
    'show, shows, shown, render, rendered, display, displays, flash, flashes, newest on top, print view, in a new tab',
  ),
  ...lean(
    { frontend: 1.5 },
    `text, header, link, hint, template, stale, optimistic, hidden, open it, dots, box, bar, input, inputs, print, slots, signals, tick, background, shift, alt, on top of, one line, two lines, too small, too big, in the cart, shadow, confirmation, duplicate an,
     at the top, at the bottom, dashboard, select, unselect, picked, popped, wording of, says, reads, table`,
  ),
  // Of the data as often as of what is seen.
  ...lean(
    { frontend: 0.75 },
    'title, newest, whitespace, looks, filter, search, url, sort by, column, list, named, name',
  ),
  ...lean(
    { frontend: 4 },
    `keyboard only, look and feel, mockups, designer, pixel perfect, line break, line breaks, long names,
     long titles, horizontal scroll, burger, burger menu, nav, route change, back to the list, browser back,
     share dialog, file drop, emoji, pill, notification bell, paginator, mat table, datatable,
     row selection, resizable columns, drag to reorder, date range picker, time picker, axis labels, heatmap,
     color scale, bounding box, elbow arrow, elbow arrows, arrowhead, arrowheads, bring to front, send to back,
     long press, double tap, cookie bar, snack bar, coachmark, split view, bottom sheet, numeric input, rich text,
     markdown editor, wysiwyg, syntax highlighting, voiceover, nvda, reduced motion, illustration, video player,
     autoplay, orientation, plural forms, relative time, derived state, local state, suspense, createroot,
     lifecycle method, lifecycle methods, action creators, redux toolkit, redux saga, redux thunk, thunk, rtk,
     rtk query, react query, tanstack query, apollo client, swr, generated client, axios interceptor,
     sessionstorage, indexeddb, component test, visual regression, testing library, css modules, ant design, serif,
     sans serif, z order, spinner on, loading text, greeting is, centre it, center it, copy link,
     in the address bar of the app, print button`,
  ),
  ...lean(
    { frontend: 2.5 },
    `panning, pan, feedback, visual, visually, loader, navigate, navigates, navigating, navigation, scrolls,
     scrolling, scrollable, floating, unread, docked, dock, frame, frames, stroke, rotation, flip, ungroup, panels,
     steps, wizard step, photo, translated, translate, language, playwright, cypress, story, stories, chrome,
     edge browser, friendlier, crossed out, covers, covered, clickable, tooltips, selected, remembers, reads out,
     narrow, wider, narrower, taller, columns, own line, sticks, closes, opens, pops up, moves, disappear,
     disappears, appears, appear, underneath, behind the, in front of, next to each other, spinning, highlights,
     dims, fades, fade`,
  ),
  ...lean(
    { frontend: 1.5 },
    `context, state, interceptor, fetch wrapper, confirm, counter, element, elements, go back, going back, friendly,
     empty, first paint after`,
  ),
  ...lean(
    { frontend: 3.5 },
    'formik, react hook form, framer motion, swiper, recharts, chart.js, leaflet, styled components, vite plugin for react',
  ),
]
