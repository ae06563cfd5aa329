import { secondsLeft } from './exam-state.ts';

/** Minutes before the end at which it is said aloud how much time is left. */
const SAID = [30, 10, 5, 1];

/** The time that is left of the exam. It is read aloud only now and then. */
export function TimeLeft() {
  const seconds = secondsLeft.value;
  if (seconds === undefined) return null;
  const said = SAID.find((minutes) => seconds <= minutes * 60 && seconds > minutes * 60 - 30);
  return (
    <>
      <span
        class={seconds <= 300 ? 'time-left number short' : 'time-left number'}
        role="timer"
        aria-label={`${wordsOf(seconds)} left`}
      >
        {clock(seconds)}
      </span>
      <span class="spoken" role="status">
        {said !== undefined && `${said === 1 ? 'One minute' : `${said} minutes`} left`}
      </span>
    </>
  );
}

function clock(seconds: number): string {
  const two = (part: number): string => String(part).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:` : ''}${two(minutes)}:${two(seconds % 60)}`;
}

function wordsOf(seconds: number): string {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? 'less than a minute' : `${minutes} minutes`;
}
