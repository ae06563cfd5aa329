import { tryTasksOf } from './try-tasks.ts';

tryTasksOf('find-culprit');
