/** One channel that fails, and what people get of it. */
export interface ChannelRow {
  readonly channel: 'topic' | 'events' | 'security-hub';
  readonly operation: string;
  readonly gets: string;
}

/** Each channel. What is said of one holds for every kind of failure. */
export const channelRows: readonly ChannelRow[] = [
  {
    channel: 'topic',
    operation: 'sns:Publish',
    gets: 'events and findings at once; the mail from the first audit that can send it, once',
  },
  {
    channel: 'events',
    operation: 'events:PutEvents',
    gets: 'the mail and findings at once; the events from the first audit that can send them, once',
  },
  {
    channel: 'security-hub',
    operation: 'securityhub:BatchImportFindings',
    gets: 'the mail and events at once; the findings from the first audit that can import them, once',
  },
];
