import { tryTasksOf } from './try-tasks.ts';

tryTasksOf('write-rules');
