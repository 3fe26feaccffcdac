/** How a command hands its exit status to the program, which alone ends the process. */
export type Finish = (exitCode: number) => void;
