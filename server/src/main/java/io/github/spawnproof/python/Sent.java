package io.github.spawnproof.python;

import io.github.spawnproof.boundary.Role;
import io.github.spawnproof.boundary.StartMethodChoice;

/**
 * An argument that goes to another process by pickle.
 *
 * @param argument what is sent
 * @param role what the library does with it
 * @param api the library call that sends it, as people say it
 * @param choice the start methods that the process can start with
 * @param call the call that sends it, in the argument's scope
 */
record Sent(Site argument, Role role, String api, StartMethodChoice choice, Site call) {}
