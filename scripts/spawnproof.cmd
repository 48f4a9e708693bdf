@echo off
rem Runs Spawnproof on Windows:  spawnproof ARGUMENT...
rem
rem Runs ..\server\target\spawnproof.jar in the project, ..\share\spawnproof\spawnproof.jar where it is installed, or
rem spawnproof.jar beside this file. Builds nothing: only the protocol or a result goes to standard output.
rem
rem JAVA_HOME             the Java to use, 17 or newer; without it: java in PATH
rem SPAWNPROOF_JAVA_OPTS  further options for Java
rem
rem Without blocks in parentheses, which a path may close; without delayed expansion, which would eat exclamation marks.
setlocal DisableDelayedExpansion

set "jar=%~dp0spawnproof.jar"
if exist "%~dp0..\share\spawnproof\spawnproof.jar" set "jar=%~dp0..\share\spawnproof\spawnproof.jar"
if exist "%~dp0..\pom.xml" set "jar=%~dp0..\server\target\spawnproof.jar"
if not exist "%jar%" goto nojar

if not defined JAVA_HOME goto path
set "home=%JAVA_HOME:"=%"
set "java=%home%\bin\java.exe"
if exist "%java%" goto version
:path
set "java="
for %%j in (java.exe) do set "java=%%~$PATH:j"
if not defined java goto nojava
for %%j in ("%java%") do set "home=%%~dpj.."

:version
set "version="
if not exist "%home%\release" goto ask
for /f "usebackq tokens=1,2 delims==" %%a in ("%home%\release") do if "%%a"=="JAVA_VERSION" set "version=%%~b"
:ask
if defined version goto compare
for /f "tokens=2" %%a in ('""%java%" --version"') do if not defined version set "version=%%a"
:compare
set "feature="
for /f "tokens=1,2 delims=.-+_" %%a in ("%version%") do call :feature %%a %%b
if not defined feature goto nojava
if %feature% LSS 17 goto old

if "%~1"=="server" goto server
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable %SPAWNPROOF_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%

:server
"%java%" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -Xmx256m -XX:+ExitOnOutOfMemoryError %SPAWNPROOF_JAVA_OPTS% -jar "%jar%" %*
exit /b %errorlevel%

:feature
set "feature=%1"
if "%1"=="1" set "feature=%2"
exit /b 0

:nojar
echo spawnproof: "%jar%" is missing; build it in the project with: mvn -DskipTests package 1>&2
exit /b 2

:old
echo spawnproof: needs Java 17 or newer; "%java%" is Java %feature%: install a newer one, or set JAVA_HOME 1>&2
exit /b 2

:nojava
echo spawnproof: needs Java 17 or newer, and there is none in JAVA_HOME or PATH: install one (https://adoptium.net) 1>&2
exit /b 2
