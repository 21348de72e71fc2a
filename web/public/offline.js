// Opens the page that was asked for once there is a connection again.
addEventListener('online', () => location.reload());
