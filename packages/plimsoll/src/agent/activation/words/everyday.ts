/** Talk that is no task of the trade, whatever else stands in it. */
export const TALK: readonly string[] =
  `pronounce, poem, haiku, limerick, sonnet, joke, pun, riddle, lullaby, bedtime story, fairy tale, recipe for, weather, capital of, how are you,
  who won, plot of, my boss, cover letter, my resume, my cv, my vacation, my holiday, horoscope, performance review, salary negotiation,
  what does the name, tell me about yourself, good morning, good night, good evening, how was your, have a nice, have a great,
  thank you so much, thanks that was, tattoo, what is the meaning of life, are you human, are you sentient, favourite colour, favorite color,
  who are you, what can you do, what is your name, best man speech, wedding speech, happy birthday, motivational quote, star sign,
  who invented, who wrote, in which year did, how tall is, how far is, how old is, tongue twister, let me think, let me see, never mind, do you like, do you prefer, do you know any, what time is it, what day is it, what do you think of, sounds good, see you, continue tomorrow, continue on monday, right back, ignore that, forget it, my bad, well done, nice work, good job, great job, congrats, congratulations, i am bored, i'm bored, on my way, too tired, draw me, sing me, sing a, write me a story, tell me a story, suggest a name, name for my, baby name, out of office`
    .split(',')
    .map((phrase) => phrase.trim())

/** Writing for people, which none of them is asked for. */
export const PROSE: readonly string[] =
  `prose, readme, licence, license, licensing, handbook, blog post, blog article, press release, slogan, tweet, linkedin, slides, slide deck, presentation, talk proposal, conference talk,
  words each, words long, tone of voice, tone, copywriting, essay, a sentence on, paragraph, laptop, laptops, letter, sticker, stickers, which book, recommend a book, book on, for beginners, who drew, no code, job ad, job description, job posting, interview questions, meeting notes, agenda, invitation to the party`
    .split(',')
    .map((phrase) => phrase.trim())

/** How talk begins; where work follows, that says more. */
export const SMALL_TALK =
  /^(?:lol|ha(?:ha)*|hehe|thanks|thank you|thx|ty|ok(?:ay)?|cool|nice|great|wow|awesome|perfect|cheers|bye|brb|hm+|uh|oh|ping|my) ?\b/i

/** Of everyday life; where a repository deals in them, its files are named after them, and they are business. */
export const EVERYDAY: readonly string[] =
  `cat, dog, puppy, kitten, hamster, brother, sister, mother, mum, mom, father, dad, grandmother, grandma, grandfather, uncle, aunt,
  girlfriend, boyfriend, wife, husband, daughter, toddler, neighbour, neighbor, wedding, anniversary, dinner, lunch,
  breakfast, cook, cooking, bake a, oven, fridge, soup, pasta, bread, cheese, coffee, pizza,
  beach, hike, hiking, holiday, vacation, weekend, summer, autumn, winter, tomato, birds,
  movie, novel, guitar, piano, song, lyrics, football, soccer, tennis, olympics, marathon, gym, yoga, sleep, headache,
  dentist, sneeze, universe, dinosaur, philosophy, latin, museum, bicycle, sunscreen, guitarist, knitting, poker, lottery`
    .split(',')
    .map((phrase) => phrase.trim())
