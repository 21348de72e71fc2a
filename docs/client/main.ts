import { readFile } from 'node:fs/promises';
import { connect } from './client';
import { NotificationsDocument, TasksDocument } from './generated/graphql';

const {
  NEIGHBORSHARE_URL: server = 'http://localhost:4000',
  NEIGHBORSHARE_USERNAME: username = 'ana',
  NEIGHBORSHARE_PASSWORD: password = 'good neighbors',
} = process.env;

const client = connect(server);

async function showTasks() {
  const { me, myTasks } = await client.run(TasksDocument);
  console.log(`Open tasks of ${me.name}: ${myTasks.length}`);
  for (const { kind, loan } of myTasks)
    console.log(`- ${kind} ${loan?.item.title ?? ''}`);
}

await client.logIn({ username, password });
await showTasks();

const [, , picture] = process.argv;
if (picture) {
  const { id, url } = await client.upload(new Blob([await readFile(picture)]));
  console.log(`Uploaded the photo ${id}: ${url}`);
}

// Ctrl+C ends the session, and with it the loop.
process.once('SIGINT', () => void client.logOut());
for await (const event of client.listen(NotificationsDocument)) {
  console.log(`Notification: ${event.notificationReceived.kind}`);
  await showTasks();
}
console.log('Logged out');
