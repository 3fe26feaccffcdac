/** How long a request may take where nobody chooses. */
const REQUEST_SECONDS = 30;

/** Seconds that the parts of one call may take. */
export interface TimeLimits {
  /** Until the connection stands. */
  readonly connect: number;
  /** Until the answer begins, and between any two parts of it. */
  readonly request: number;
  /** For the whole call: every try of it, and the waits between them. */
  readonly call: number;
}

/**
 * The limits that go with a limit for requests. A call gets a third more than one request: what hangs is
 * tried once, what fails at once or is throttled as often as fits. So a step of an audit that meets a hanging
 * operation is tried three times within two minutes.
 */
export function timeLimits(request = REQUEST_SECONDS): TimeLimits {
  return { connect: request / 6, request, call: (request * 4) / 3 };
}

/** Timers take whole numbers. */
function milliseconds(seconds: number): number {
  return Math.ceil(seconds * 1_000);
}

/** Options of the SDK's own HTTP handler. Without the last two, only a warning is written. */
export function requestHandler({ connect, request }: TimeLimits) {
  return {
    connectionTimeout: milliseconds(connect),
    requestTimeout: milliseconds(request),
    // The one above ends with the headers; an answer that stops half way is silence on the socket.
    socketTimeout: milliseconds(request),
    throwOnRequestTimeout: true,
  };
}

/** As much of a client as is needed to end its calls. */
interface Sender {
  send(command: object, options?: { readonly abortSignal?: AbortSignal }): Promise<unknown>;
  readonly middlewareStack: {
    add(
      middleware: (
        next: (args: { input: object }) => Promise<unknown>,
      ) => (args: { input: object }) => Promise<unknown>,
      options: { step: 'finalizeRequest'; priority: 'low'; name: string },
    ): void;
  };
}

/**
 * Ends each call of this client after so many seconds, in whatever it hangs: a try, a wait between two, or
 * the search for credentials. The error is that of its last try, which says more than that time is up.
 */
export function withinLimit<C extends object>(client: C, { call }: TimeLimits): C {
  const sender = client as unknown as Sender;
  const lastErrors = new WeakMap<object, Error>();
  sender.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (error instanceof Error && !isAbort(error)) lastErrors.set(args.input, error);
        throw error;
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'rememberLastError' },
  );
  const send = sender.send.bind(sender);
  sender.send = async (command, options) => {
    const limit = new AbortController();
    const timer = setTimeout(() => {
      limit.abort();
    }, milliseconds(call));
    // A caller may have less patience.
    const own = options?.abortSignal;
    const abortSignal = own === undefined ? limit.signal : AbortSignal.any([limit.signal, own]);
    const { input } = command as { readonly input: object };
    try {
      return await Promise.race([
        send(command, { ...options, abortSignal }),
        rejection(abortSignal),
      ]);
    } catch (error) {
      if (!isAbort(error) || !limit.signal.aborted) throw error;
      throw lastErrors.get(input) ?? timeIsUp(call);
    } finally {
      // What is left of the time would hold the call in memory.
      clearTimeout(timer);
    }
  };
  return client;
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => {
      reject(abortError());
    };
    // A signal that has fired does so once.
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}

function abortError(): Error {
  return Object.assign(new Error('the call was ended'), { name: 'AbortError' });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function timeIsUp(seconds: number): Error {
  return Object.assign(new Error(`no answer within ${seconds} s`), { name: 'TimeoutError' });
}
