# Applied to code of ours, never to generated code or to dependencies.
add_library(palisade_options INTERFACE)
target_compile_options(palisade_options INTERFACE -Wall -Wextra -Wconversion -Wshadow
                                                  -ffunction-sections -fdata-sections)
if(NOT PALISADE_FUZZ)
  # The fuzzing build uses another, older compiler, whose new warnings are no reason to stop.
  target_compile_options(palisade_options INTERFACE -Werror)
endif()
target_include_directories(palisade_options INTERFACE ${CMAKE_SOURCE_DIR})

if(PALISADE_SANITIZE)
  set(flags -fsanitize=${PALISADE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  if(PALISADE_SANITIZE MATCHES thread AND CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # protobuf's map_field.h grows members under this macro, which the system's libprotobuf does
    # not have: with it, the first Map iteration crashes.
    list(APPEND flags -U__SANITIZE_THREAD__)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    # Instrumented, std::stop_source's constructor looks to g++ 12 like a use of itself.
    target_compile_options(palisade_options INTERFACE -Wno-maybe-uninitialized)
  endif()
  add_compile_options(${flags})
  add_link_options(${flags})
endif()

if(PALISADE_FUZZ)
  set(flags -fsanitize=fuzzer-no-link,address,undefined -fno-omit-frame-pointer
            -fno-sanitize-recover=all)
  add_compile_options(${flags})
  add_link_options(${flags})
endif()

if(PALISADE_TIDY)
  find_program(PALISADE_CLANG_TIDY NAMES clang-tidy-19 clang-tidy REQUIRED)
endif()
