// Styles that come with the code of a place; Vite makes a file of them.
declare module '*.css';
