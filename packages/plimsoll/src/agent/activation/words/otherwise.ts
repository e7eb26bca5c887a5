import { lean, type Phrases } from './lean.ts'

/** Words that look like one discipline and mean something of the business, or nothing of the trade. */
export const OTHERWISE: Phrases = [
  ...lean(
    { backend: 1.5 },
    `security deposit, social security number, security question, customer service, service fee, room service, table reservation,
     seating table, performance date, performance schedule, theatre performance, key performance indicator, load capacity of the truck,
     container number, shipping container, cargo container, pipeline stage, sales pipeline, deal pipeline, memory card, color code of the product,
     release plan, release date, shipping, image column, image url, profile image, profile route, profile routes, user profile, container ship, cold storage,
     event loop of the order, alert email, alarm time, deployment of staff, environment variant, feature environment, impact metrics, change request, pull request number`,
  ),
  ...lean(
    { frontend: 1.5 },
    'customer service page, terms of service, table of contents, multiplication table',
  ),
  ...lean(
    {},
    `performance review, customer service number, customer service desk, load more, load the page, content security guard, show me, tell me,
     let us, right now, at first, at last, on the left hand, look at, in view of, self service, at your service, in other words, by the way, as a service, in the long run, both at, in order to,
     in the middle of, on the one hand, touch the readme, only touch, get in touch, handled by, mark my words, heads up, fyi, as soon as, at the moment, in this case, in that case, so far, in the end`,
  ),
]
