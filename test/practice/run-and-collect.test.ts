import { tryTasksOf } from './try-tasks.ts';

tryTasksOf('run-and-collect');
