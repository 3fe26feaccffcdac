/** What is tried beside single operations that fail, and what people get. */
export const stories: readonly { readonly fault: string; readonly gets: string }[] = [
  {
    fault: 'any one call that is throttled, broken, reset or not answered once',
    gets: 'everything, as if nothing had happened',
  },
  {
    fault: 'one finding or event of many that a channel refuses for good',
    gets: 'all others, once; a later message says what is lost',
  },
  {
    fault: 'one finding or event of many that a channel cannot take for now',
    gets: 'all others, once; that one from the first audit that can send it',
  },
  {
    fault: 'Security Hub that is not enabled',
    gets: 'mail, events and history, once; a later message says so',
  },
  {
    fault: 'a process that dies before the promise is in the ledger',
    gets: 'the message, from the same run tried again or from the next audit',
  },
  {
    fault: 'a process that dies between the promise and the message',
    gets: 'the message once, from the same run tried again or from the next audit',
  },
  {
    fault: 'a process that dies between a message and its mark in the ledger',
    gets: 'the message twice, by that channel alone: the one case where a change is told more than once',
  },
  { fault: 'a tick that is delivered twice, at once or later', gets: 'each change once' },
];
