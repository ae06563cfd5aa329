import { tryTasksOf } from './try-tasks.ts';

tryTasksOf('change-rules');
